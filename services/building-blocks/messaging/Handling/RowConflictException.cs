namespace SafeHarbor.Messaging.Handling;

/// <summary>A handler's insert met a row that another transaction had written first; the message is tried again and then sees it.</summary>
public sealed class RowConflictException(string constraint) : Exception($"Another transaction was first at {constraint}.");
