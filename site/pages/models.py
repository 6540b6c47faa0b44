from pages.home import HomePage

__all__ = ["HomePage"]
