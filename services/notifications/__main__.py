"""`python -m services.notifications [serve | follow | relay | work | project NAME]`"""

from shared.processes import main

main("notifications")
