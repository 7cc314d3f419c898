"""Pages as sites make them, around one job."""

import json
from typing import Any

DESCRIPTION = """<p>Kvitto Pay settles card payments for <b>small shops</b>.</p><h2>What you will do</h2><ul><li>Design and run
the services that settle card transactions</li><li>Own them in production<ul><li>with two colleagues on call</li></ul></li></ul>
<h3>Requirements</h3><ul><li>5+ years of Python &amp; PostgreSQL</li><li>Good written English</li></ul>"""
SHOWN = """Kvitto Pay settles card payments for small shops.

What you will do
- Design and run the services that settle card transactions
- Own them in production
  - with two colleagues on call

Requirements
- 5+ years of Python & PostgreSQL
- Good written English"""


def posting(**more: Any) -> dict[str, Any]:
    known = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Senior Backend Engineer",
        "hiringOrganization": {"@type": "Organization", "name": "Kvitto Pay"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Stockholm", "addressCountry": "SE"},
        },
        "description": DESCRIPTION,
        "datePosted": "2026-01-02",
        "validThrough": "2026-03-01T00:00",
        "employmentType": ["FULL_TIME", "CONTRACTOR"],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "SEK",
            "value": {"@type": "QuantitativeValue", "minValue": 50000, "maxValue": 65000.5, "unitText": "MONTH"},
        },
    }
    return known | more


def with_data(*data: Any, body: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in data)
    return f"<!doctype html><html><head><title>Job</title>{scripts}</head><body>{body}</body></html>"


def surrounded(content: str = f"<h1>Senior Backend Engineer</h1>{DESCRIPTION}", head: str = "") -> str:
    """The job as a site shows it: between what every site has."""
    return f"""<!doctype html><html><head><title>Senior Backend Engineer | Kvitto Pay</title>{head}
<style>.sr-only{{position:absolute;left:-9999px}} .gone{{display:none}}</style></head><body>
<div id="onetrust-banner-sdk"><p>We use cookies to improve your experience.</p><button>Accept all cookies</button></div>
<header class="site-header"><a href="/">Home</a><a href="/about">About Kvitto</a><a href="/jobs">All careers here</a></header>
<nav><ul><li><a href="https://kvitto.example/product">Our great product</a></li><li><a href="/pricing">Pricing plans</a></li></ul></nav>
<div class="breadcrumbs">Careers / Engineering / Backend</div>
<div class="wrapper"><div class="job">{content}<a class="button" href="/apply">Apply now</a></div>
<div class="notice">This site stores cookies. <a href="/c">Manage preferences</a></div>
<form action="/apply"><label>First name</label><input name="first"><label>Upload your CV</label></form>
<section class="similar-jobs"><h2>Similar jobs</h2><ul><li><a href="/j/2">Junior Frontend Engineer</a></li>
<li><a href="/j/3">Data Scientist in Oslo</a></li></ul></section>
<ul><li><a href="/a">Read our blog</a></li><li><a href="/b">Meet the founders</a></li><li><a href="/c">Press room</a></li></ul></div>
<div class="social-share"><span>Share this job on your network</span></div>
<footer><p>© 2026 Kvitto Pay AB. All rights reserved.</p><p>Registered office: Sveavägen 1</p></footer></body></html>"""
