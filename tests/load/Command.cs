namespace SafeHarbor.Load;

/// <summary>Something that a county, a provider or the desk did over a public API, with the answer.</summary>
/// <param name="Organization">Who.</param>
/// <param name="Name">The path's last part: <c>accept</c>, <c>decline</c>, <c>assign</c>, <c>engaged</c>, <c>completed</c>.</param>
/// <param name="About">The notice that it answers.</param>
/// <param name="Answer">What the service said.</param>
public sealed record Command(string Organization, string Name, Notice About, Answer Answer);
