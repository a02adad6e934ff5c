"""What a file seems to be, before anybody said so: how it is written, what each column is, with why."""
