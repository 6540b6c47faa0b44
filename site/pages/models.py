from pages.home import HomePage
from pages.rights import RoleGroup

__all__ = ["HomePage", "RoleGroup"]
