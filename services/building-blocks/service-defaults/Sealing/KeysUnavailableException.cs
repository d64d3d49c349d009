namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Keys cannot be had for the moment: the key store or the key server is away, or a version of the key-encryption key is missing. A request that meets
/// this is answered 503 with Retry-After. The message says what an operator has to look at; it never holds a secret.
/// </summary>
public sealed class KeysUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
