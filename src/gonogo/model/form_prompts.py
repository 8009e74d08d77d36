"""What a form says where nobody has written anything: the default texts of Word, SharePoint, Excel and trackers. Pure.

Texts are compared by their words (:func:`gonogo.model.placeholder.plain_words`); German, French, Spanish, Italian,
Portuguese, Dutch, Russian, Chinese and Japanese forms have theirs as those programs ship them.
"""

from __future__ import annotations

import re
from typing import Final

_ASKED: Final = (
    r"(?:text|title|subtitle|notes?|items?|options?|values?|names?|content|comments?|description|details?|picture|table|"
    r"number|time|date|person|people|answers?|response|owner|ones?|entry|information|info|category|choice|reason|"
    r"e mail|email|address|heading|list|building|block|here|below|that|you|want)"
)
_ASKS: Final = rf"(?: (?:an?|any|your|some|more))?(?: {_ASKED}){{1,6}}"
_VERB: Final = r"(?:enter|add|insert|type|select|choose|edit|pick|write|provide|input|describe)"
_PROMPT: Final = re.compile(
    rf"(?:please )?(?:(?:click|tap|press|double click)(?: or (?:click|tap|press))?(?: (?:here|icon|inside))?"
    rf"(?: to {_VERB}{_ASKS})?|(?:select|choose|pick)|{_VERB}{_ASKS})"
    r"(?: from (?:the |a )?(?:drop ?down ?)?(?:list|menu)?)?(?: (?:here|below))?"
)
_OPENER: Final = re.compile(
    r"please|click|tap|press|double|select|choose|pick|enter|add|insert|type|edit|write|provide|input|describe"
)
TEXTS: Final = """
Klicken oder tippen Sie hier, um Text einzugeben. | Klicken Sie hier, um Text einzugeben. | Wählen Sie ein Element aus.
Klicken oder tippen Sie, um ein Datum einzugeben. | Klicken Sie hier, um ein Datum einzugeben. | Bitte auswählen
Text durch Klicken hinzufügen | Titel durch Klicken hinzufügen | Bitte wählen | Bitte wählen Sie | Auswählen
Wählen Sie einen Baustein aus. | Text hier eingeben | Hier Text eingeben | Bitte ausfüllen | Bitte eintragen
Cliquez ou appuyez ici pour entrer du texte. | Cliquez ici pour entrer du texte. | Cliquez ici pour taper du texte.
Cliquez ou appuyez pour entrer une date. | Cliquez ici pour entrer une date. | Choisissez un élément. | Veuillez choisir
Cliquez pour ajouter du texte | Veuillez sélectionner | Sélectionnez un élément | Sélectionner | Choisir | À compléter
Haga clic o pulse aquí para escribir texto. | Haga clic aquí para escribir texto. | Elija un elemento. | Seleccione
Haga clic o pulse para escribir una fecha. | Haga clic aquí para escribir una fecha. | Seleccione una opción
Haga clic para agregar texto | Por favor seleccione | Seleccionar | Elegir | Por completar
Fare clic o toccare qui per immettere il testo. | Fare clic qui per immettere testo. | Scegliere un elemento.
Fare clic o toccare per immettere una data. | Fare clic qui per immettere una data. | Selezionare
Fare clic per aggiungere testo | Selezionare un elemento
Clique ou toque aqui para introduzir texto. | Clique ou toque aqui para inserir o texto. | Escolha um item.
Clique aqui para digitar texto. | Clique aqui para introduzir texto. | Escolher um item. | Selecione | Selecionar
Clique ou toque para introduzir uma data. | Clique aqui para introduzir uma data. | Selecione uma opção
Klik of tik om tekst in te voeren. | Klik hier als u tekst wilt invoeren. | Kies een item. | Maak een keuze | Selecteer
Klik of tik om een datum in te voeren. | Klik hier als u een datum wilt invoeren. | Klik om tekst toe te voegen
Место для ввода текста. | Выберите элемент. | Место для ввода даты. | Выберите | Введите текст
单击或点击此处输入文字。 | 单击此处输入文字。 | 选择一项。 | 请选择 | 单击或点击以输入日期。
ここをクリックまたはタップしてテキストを入力してください。 | アイテムを選択してください。 | 選択してください
"""


def asks(words: str) -> bool:
    """Return whether a text as a whole is the default text of an English form: ``choose an item``.

    ``Choose an item of the catalog`` and ``enter the invoice`` ask for something, so they say something.

    Args:
        words: Its plain words.
    """
    return _OPENER.match(words) is not None and _PROMPT.fullmatch(words) is not None
