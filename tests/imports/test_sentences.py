"""Every code that this room can give has a sentence, and no sentence is without a code."""

import re
from pathlib import Path

import kontor.imports
from kontor.ui.sentences.imports import SENTENCES

ROOM = Path(kontor.imports.__file__).parent


def test_every_code_has_its_sentence():
    source = "".join(path.read_text() for path in sorted(ROOM.rglob("*.py")))
    codes = set(re.findall(r'"((?:import|field|cordis|duplicate)\.[a-z_]+)"', source))

    assert codes == set(SENTENCES)
