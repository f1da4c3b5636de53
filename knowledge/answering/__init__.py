"""From a question to a cited answer: route, find, choose verbatim sentences, verify."""
