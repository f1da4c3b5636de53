"""A Bot API server for tests: real HTTP on loopback, Telegram's rules, people who type and press.

Start it with the ``telegram_server`` fixture (``tests.telegram_server.plugin``), point a bot's
``TELEGRAM_API_BASE_URL`` at ``server.url`` and use ``server.token`` as its token; then act::

    ann = server.user("安")
    question = ann.send("你好")
    (answer,) = await server.wait_for_messages(ann, 1)
    press = ann.press(answer, "〔1〕")
    await press.answered()
"""
