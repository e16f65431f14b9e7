// Names of products, firms and media that are words of English, too, and that French
// keeps. Where the source has one with a capital within a sentence, the name is meant.
#ifndef CQ_CHECKS_KEPT_WORDS_H
#define CQ_CHECKS_KEPT_WORDS_H

static const char *const KEPT_WORDS[] = {
    "Airbus",     "Alexa",      "Apple",      "Asana",     "Axios",     "Bard",
    "Bing",       "BlackBerry", "Bloomberg",  "Bumble",    "Chevron",   "Chrome",
    "Claude",     "Cloudflare", "Coinbase",   "Copilot",   "Cortana",   "Costco",
    "Discord",    "DoorDash",   "Dropbox",    "Duolingo",  "Excel",     "Expedia",
    "Firefox",    "Fitbit",     "Flickr",     "Fortnite",  "Gartner",   "Gemini",
    "Grindr",     "Grok",       "Groupon",    "Hulu",      "InDesign",  "Instagram",
    "Kindle",     "Kodak",      "Lego",       "Lightroom", "Lyft",      "Mastodon",
    "Midjourney", "Minecraft",  "Netflix",    "Notion",    "Outlook",   "Palantir",
    "Patreon",    "Peloton",    "Perplexity", "Photoshop", "Pinterest", "Pixel",
    "Politico",   "PowerPoint", "Quora",      "Reddit",    "Robinhood", "Roblox",
    "Roku",       "Safari",     "Salesforce", "Shell",     "Siri",      "Skype",
    "Slack",      "Snapchat",   "Snowflake",  "Spotify",   "Starlink",  "Steam",
    "Stripe",     "Substack",   "Telegram",   "Tesla",     "Threads",   "Tinder",
    "Tumblr",     "Twilio",     "Twitch",     "Twitter",   "Uber",      "Unilever",
    "Valve",      "Variety",    "Venmo",      "Verizon",   "Visa",      "Vox",
    "Walgreens",  "Walmart",    "Waymo",      "Waze",      "Yahoo",     "Yelp",
    "Zappos",     "Zara",       "Zillow",     "Zoom",      "Zynga",
};

#endif
