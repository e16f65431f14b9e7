#!/usr/bin/env python3
"""Writes frequency.tsv: how frequent the commonest French words are.

    python3 -m venv v && v/bin/pip install wordfreq==3.1.1
    v/bin/python dictionaries/fr/build-frequency.py > dictionaries/fr/frequency.tsv

Takes the French list of the Python package wordfreq and keeps the first 60,000 words that
the Debian dictionary accepts (`hunspell -d fr -l` names those it does not). The second
column is twice the Zipf figure (logarithm of occurrences per thousand million words),
rounded and kept within 1..15: 6 is one in a million words, two steps are a factor of ten.
"""
import subprocess

from wordfreq import top_n_list, zipf_frequency

WANTED = 60_000

words = [w for w in top_n_list("fr", 250_000, wordlist="large") if w.isalpha()]
# Names are in the list in lower case: a word is right if either case is.
asked = "\n".join(words + [w.capitalize() for w in words])
wrong = set(
    subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", "fr", "-l"],
        input=asked, capture_output=True, text=True, check=True,
    ).stdout.split("\n")
)
kept = [w for w in words if w not in wrong or w.capitalize() not in wrong][:WANTED]

print("# How frequent French words are; made by build-frequency.py, see there and README.md.")
print("# From wordfreq 3.1.1 by Robyn Speer; these figures: CC BY-SA 4.0.")
for w in kept:
    bucket = round(2 * zipf_frequency(w, "fr", wordlist="large"))
    print(f"{w}\t{min(15, max(1, bucket))}")
