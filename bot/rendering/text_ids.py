"""The names of the windows, buttons and fields of the texts to clients."""

CLIENT_TEXTS = "client_texts"
CLIENT_TEXT = "client_text"
TRY_TEXT = "try_text"
HOUSE_TEXT = "house_text"
CLIENT_TEXTS_FORM = "client_texts_form"
CLIENT_TEXT_FORM = "client_text_form"
BODY = "body"
