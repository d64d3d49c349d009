using System.Globalization;
using System.Text.Json;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>What a saga's state is called in the database and over HTTP, in <c>UPPER_SNAKE</c>; in memory it has the state machine's own name.</summary>
public static class StateWord
{
    /// <summary>A state's word: <c>WAITING_FOR_COUNTY</c> for <c>WaitingForCounty</c>.</summary>
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    /// <summary>The name of the state that has the word.</summary>
    public static string NameOf(string word) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word.Replace('_', ' ').ToLowerInvariant()).Replace(" ", "", StringComparison.Ordinal);
}
