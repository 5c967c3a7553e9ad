namespace PorteOuverte.Kernel;

/// <summary>A broken rule, already said in the language of the person it concerns.</summary>
public sealed class Refusal(string sentence) : Exception(sentence);
