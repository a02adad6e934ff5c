"""Back-ups: a copy of the register up to one fact, elsewhere, encrypted, verified; and putting one back.

`bronnen` is what is copied, `archief` and `lezen` write and read it, `sleutel` encrypts, `plek` is where it goes,
`proef` tries it, `rotatie` lets old ones go, `gewist` keeps the erased from coming back; `maken` and `terugzetten` are
what is done, and `stand.of_register(map)` says when the last good one was made and when that was last tried.
"""
