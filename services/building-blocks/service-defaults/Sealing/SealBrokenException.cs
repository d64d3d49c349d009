namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Sealed data cannot be opened: it was changed, belongs to another record or purpose, or was sealed with another operator's key. The message
/// tells no content.
/// </summary>
public sealed class SealBrokenException(string message) : Exception(message);
