using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Counties;

/// <summary>What a worker's program asks of the list of handoffs.</summary>
/// <param name="Organization">Who asks.</param>
/// <param name="Query">What follows the question mark.</param>
/// <param name="Name">What it is called in the table.</param>
internal sealed record Question(string Organization, string Query, string Name)
{
    public Question(string organization, string query) : this(organization, query, query.Length == 0 ? "all" : query)
    {
    }

    public string Path => $"/v1/handoffs?{Query}";
}

/// <summary>How long a question's answers took.</summary>
/// <param name="Question">The question.</param>
/// <param name="Ms">The durations.</param>
internal sealed record Answered(Question Question, Percentiles Ms);
