namespace SafeHarbor.Load;

/// <summary>How a receiver treats one request.</summary>
public enum Reception
{
    /// <summary>Takes the notice and answers 204.</summary>
    Take,
    /// <summary>Takes the notice, and the connection breaks before the answer: it will come again.</summary>
    TakeAndReset,
    /// <summary>Answers 500.</summary>
    Fail,
    /// <summary>Reads it and never answers.</summary>
    Hang,
    /// <summary>Breaks the connection.</summary>
    Reset,
}
