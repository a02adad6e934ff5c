"""klachten: the complaint register and evaluation workbench of a klachtenreglement."""

__version__ = "0.1.0"
