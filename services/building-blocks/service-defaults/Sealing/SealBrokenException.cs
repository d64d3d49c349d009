namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>Sealed data cannot be opened: it was changed, or belongs to another record, column or key. The message tells no content.</summary>
public sealed class SealBrokenException(string message) : Exception(message);
