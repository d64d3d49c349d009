namespace SafeHarbor.Messaging.Storage;

internal enum RowChange { Insert, InsertOnce, Put, Update, Delete }

/// <summary>One row and what is to happen to it.</summary>
internal readonly record struct RowWrite(RowChange Change, object Row);
