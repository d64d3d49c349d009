using System.Text;

namespace SafeHarbor.Fuzz;

/// <summary>A request that nobody should send.</summary>
/// <param name="Door">To which operation.</param>
/// <param name="Caller">Whose token it carries; null for none.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Further headers; one called <c>Authorization</c> in the place of the token.</param>
/// <param name="Body">Its body; null for none.</param>
internal sealed record Attack(Door Door, string? Caller, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    /// <summary>For a person who wants to send it again.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder($"{Door.Method} {Target}\nservice: {Door.Service.Name}\ncaller: {Caller}\n");
            foreach (var (name, value) in Headers)
                text.Append($"{name}: {value}\n");
            return text.Append('\n').Append(Body is null ? "" : Encoding.Latin1.GetString(Body)).ToString();
        }
    }
}
