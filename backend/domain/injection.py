"""Text that speaks to a machine instead of a reader. It is reported and left out; nothing obeys it."""

import re
import unicodedata
from functools import lru_cache

_MACHINE = r"(?:AI|A\.I\.|LLMs?|GPT(?:-?\d)?|ChatGPT|Claude|Gemini|Copilot|language models?|assistants?|chat ?bots?|AI (?:tools?|systems?|models?|agents?|assistants?|screeners?)|(?:automated|AI) (?:systems?|tools?|screeners?|agents?)|bots?|models?)"
_INSTRUCTS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass|skip|discard|stop following|do not follow)\b[^.\n]{0,60}\b(?:instruct\w*|prompts?|rules?|guidelines?|directions?|guardrails?|constraints?|safety|polic(?:y|ies)|system message|everything (?:above|before)|(?:above|previous|prior) (?:text|content|message)s?)\b",
        rf"\b(?:attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)|dear|hey|hello|hi|to (?:the|any|all))\b[^.\n]{{0,20}}\b{_MACHINE}\b\s*(?:[:,!]|reading|that|who|process|review|screen|pars)",
        rf"\bif you(?:['’]?re| are)\b[^.\n]{{0,12}}\b(?:an? |any |the )?{_MACHINE}\b",
        rf"\b{_MACHINE}\b[^.\n]{{0,24}}\b(?:must|should|shall|are (?:instructed|required|ordered)|is (?:instructed|required)|please)\b[^.\n]{{0,40}}\b(?:add|include|insert|write|output|say|state|rate|rank|recommend|mention|append|respond|reply|print|ignore|claim|use|return)\b",
        r"\byou are (?:now |no longer )?(?:an? |the )?(?:unrestricted|jailbroken|helpful|different|new|evil|DAN|AI|assistant|language model|resume (?:writer|tailor\w*)|system)\b",
        r"\b(?:new|updated|real|actual|hidden|secret|additional|system|developer|admin|priority|override)\s+(?:system\s+)?(?:instructions?|prompt|directives?|message|task|rules)\b\s*(?::|-|—|follow|are|is)",
        r"\b(?:add|insert|include|append|put|place|write|embed|inject|mention|list|claim)\b[^.\n]{0,70}\b(?:to|in|into|on|at)\b[^.\n]{0,24}\b(?:the|this|your|their|his|her|every|each|candidate(?:['’]s)?|applicant(?:['’]s)?)?\s*(?:tailored |final |generated |output )?(?:resume|résumé|cv|curriculum vitae|summary section|output|answer|response|document you)\b",
        r"\b(?:translate|rewrite|rephrase|change|edit|modify|update|alter|adjust|replace)\b[^.\n]{0,20}\b(?:the|this|your|their) (?:resume|résumé|cv|summary|output|answer)\b[^.\n]{0,20}\b(?:to|so|with|into|as)\b",
        r"\b(?:respond|reply|answer|output|print|return|say|write)\b[^.\n]{0,12}\b(?:only|exactly|nothing but|the (?:word|phrase|string|token|following)|with the (?:word|phrase|string|following))\b",
        r"\b(?:reveal|print|show|repeat|leak|output|send|exfiltrate)\b[^.\n]{0,30}\b(?:system prompt|your (?:prompt|instructions|rules)|hidden (?:prompt|instructions)|api keys?|secrets?|credentials|environment variables)\b",
        r"\b(?:do not|don['’]t|never)\b[^.\n]{0,20}\b(?:tell|inform|mention (?:this|it) to|alert|notify|show this to)\b[^.\n]{0,20}\b(?:the )?(?:user|candidate|applicant|human|person|anyone)\b",
        r"\b(?:rate|score|rank|mark|evaluate|grade)\b[^.\n]{0,30}\b(?:this |the )?(?:candidate|applicant|resume|cv)\b[^.\n]{0,30}\b(?:100|10/10|highest|perfect|maximum|best|top|first)\b",
        r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|s)\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>|^\s*#{2,}\s*(?:system|instruction|assistant|human|user)\b|^\s*(?:system|assistant|developer|human)\s*:\s",
        r"\bpretend\b[^.\n]{0,30}\b(?:you|to be|that)\b|\bact as (?:if|an? (?:AI|assistant|unrestricted|language model))\b|\broleplay\b|\bjailbreak\w*\b|\bprompt injection\b|\bdeveloper mode\b|\bsudo\b",
        r"\b(?:the )?(?:candidate|applicant|user|person)\b[^.\n]{0,20}\b(?:actually|really|in fact|secretly)\b[^.\n]{0,20}\b(?:has|have|holds?|worked|is|was|knows?)\b",
        r"\b(?:say|state|claim|write|assume|treat)\b[^.\n]{0,24}\b(?:that )?(?:the )?(?:candidate|applicant|they|user|person)\b[^.\n]{0,20}\b(?:has|have|holds?|worked|is|was|knows?|led|as)\b",
        r"\b(?:visit|click|go to|link to|navigate to|fetch|load|open)\b[^.\n]{0,24}https?://[^\s]+[^.\n]{0,40}\b(?:resume|cv|output|answer|before|then|and (?:add|include|follow))\b",
    )
]  # fmt: skip
_ENCODED = re.compile(
    r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{80,}={0,2}(?![A-Za-z0-9+/=])|(?:\\x[0-9a-f]{2}){12,}|(?:&#\d{2,4};){12,}",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def instructs(line: str) -> bool:
    """Whether a line of text gives instructions to a machine, or hides something as code."""
    plain = unicodedata.normalize("NFKC", line)
    return any(pattern.search(plain) for pattern in _INSTRUCTS) or _ENCODED.search(plain) is not None


def without_instructions(text: str) -> tuple[str, list[str]]:
    """The text without the lines that instruct machines, and those lines. An instruction may run over a line's end, so two
    neighbouring lines are also looked at together."""
    lines = text.split("\n")
    bad = {n for n, line in enumerate(lines) if instructs(line)}
    for n in range(len(lines) - 1):
        if n not in bad and n + 1 not in bad and instructs(f"{lines[n].strip()} {lines[n + 1].strip()}"):
            bad |= {n, n + 1}
    kept = [line for n, line in enumerate(lines) if n not in bad]
    return "\n".join(kept), [lines[n].strip() for n in sorted(bad)]
