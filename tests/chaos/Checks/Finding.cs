namespace SafeHarbor.Chaos.Checks;

/// <summary>In which way something is not as it must be.</summary>
internal enum Wrong
{
    /// <summary>An acknowledged encounter did not reach its end, or a webhook never came.</summary>
    Lost,
    /// <summary>Something had its effect more than once, or an effect without a cause.</summary>
    Duplicate,
    /// <summary>Something is set aside that is no poison, or poison is not.</summary>
    Parked,
    /// <summary>Work is left.</summary>
    Unfinished,
}

/// <summary>One thing that is not as it must be.</summary>
internal sealed record Finding(Wrong Wrong, Guid? Encounter, string What)
{
    public override string ToString() => $"{Wrong}{(Encounter is { } id ? $" {id}" : "")}: {What}";
}
