"""`python -m services.portal [web | stream | follow | relay | work]`"""

import sys

from shared.processes import main

if __name__ == "__main__":  # the process that prints imports us, and serves nobody
    if sys.argv[1:] in ([], ["web"]):
        from services.portal.web import run

        run()
    elif sys.argv[1:] == ["stream"]:
        from services.portal.streams.serving import run

        run()
    else:
        main("portal")
