"""The anchor: count and zegel of the register at places outside, so that who owns the machine cannot rewrite history.

The chain proves order, not honesty: who has the machine can make a new chain that is good. What was put elsewhere
before that, on a share of somebody else or with the time stamp of a third party (RFC 3161), does not fit it any more.
"""
