//! Keys of language models and what is built around them, after the vendors' documentation.

use super::shape::{
    Alphabet::{Alnum, Hex, Lower, Url},
    Vendor, around, key,
};

pub(super) const VENDORS: &[Vendor] = &[
    key("sk-ant-", Url, 32, 255),     // Anthropic
    key("sk-proj-", Url, 32, 255),    // OpenAI: project
    key("sk-svcacct-", Url, 32, 255), // OpenAI: service account
    key("sk-admin-", Url, 32, 255),   // OpenAI: administrator
    key("sess-", Alnum, 40, 40),      // OpenAI: session
    key("sk-or-v1-", Hex, 64, 64),    // OpenRouter
    key("sk-lf-", Url, 36, 36),       // Langfuse
    key("sk-helicone-", Url, 24, 64), // Helicone
    key("sk-", Alnum, 32, 64),        // OpenAI, DeepSeek and others
    key("hf_", Alnum, 34, 40),        // Hugging Face
    key("api_org_", Alnum, 34, 40),   // Hugging Face: organisation
    key("r8_", Alnum, 37, 40),        // Replicate
    key("pplx-", Alnum, 40, 56),      // Perplexity
    key("gsk_", Alnum, 48, 56),       // Groq
    key("xai-", Alnum, 70, 90),       // xAI
    key("tgp_v1_", Url, 40, 48),      // Together
    key("fw_", Alnum, 22, 32),        // Fireworks
    key("sk_", Hex, 48, 48),          // ElevenLabs
    key("lsv2_pt_", Url, 40, 48),     // LangSmith: personal
    key("lsv2_sk_", Url, 40, 48),     // LangSmith: service
    key("pcsk_", Url, 50, 90),        // Pinecone
    key("jina_", Alnum, 50, 70),      // Jina
    key("tvly-", Url, 28, 48),        // Tavily
    key("fc-", Hex, 32, 32),          // Firecrawl
    key("e2b_", Hex, 40, 40),         // E2B
    key("nvapi-", Url, 60, 72),       // NVIDIA
    key("csk-", Lower, 40, 56),       // Cerebras
    key("rpa_", Alnum, 36, 48),       // RunPod
    key("crsr_", Hex, 64, 64),        // Cursor
    key("wandb_v1_", Url, 40, 120),   // Weights & Biases
    around(36, ":fx", Url, 0, 0),     // DeepL
];
