namespace SafeHarbor.Architecture.Tests.Elsewhere;

/// <summary>Has the name of another type.</summary>
internal static class DialectTests;
