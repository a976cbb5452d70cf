"""`python -m services.signing [serve | follow | relay | work]`"""

from shared.processes import main

main("signing")
