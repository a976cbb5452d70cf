"""Every page of the portal, on a stage where each has something to show."""
