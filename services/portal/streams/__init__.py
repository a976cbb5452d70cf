"""Live pages: tells an open page that its dossier changed, and nothing about it.

How the web knows: the process that writes the read models tells each new revision of a
dossier on the exchange `portal.shown`, after its commit, so that who is told and loads
the page sees the change. Every process with open streams hears all of it on one
exclusive queue. What gets lost on the way is found by comparing the revisions every
half minute: the broadcast makes it quick, the read model makes it true.
"""
