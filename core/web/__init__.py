"""What stands before Streamlit: every request and every message of a browser passes here first.

- ``app``: the web application: the gate, the doors of its own, and Streamlit behind them
- ``gate``: the outermost middleware: which host, which origin, which address, who
- ``browser``: what a browser sent along and what it is sent back: cookie, origin, address, headers
- ``stream``: a page's websocket: whose session it is, which messages pass
- ``belongings``: which session and which file belongs to which sign-in
- ``health``: whether this process is alive, whether it should be given work, what it counts
- ``following``: a session's event number, for pages that follow it
- ``logs``: logs as lines of JSON with the request they belong to
- ``connections``: the web application's own way to the database
- ``provider``: signing in by the office's identity provider, where there is one
- ``told_files``: which files a message to a page names
- ``forms``: what a posted form says, in which language somebody asks
- ``door_page``: how a door looks: a plain page without script
- ``verifying``: public verification of papers, without sign-in
- ``allowance``: how often somebody may ask
- ``doors``: signing in, step by step, as plain pages
"""
