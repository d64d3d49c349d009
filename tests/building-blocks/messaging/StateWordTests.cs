using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

public sealed class StateWordTests
{
    [Theory]
    [InlineData("Open", "OPEN")]
    [InlineData("WaitingForCounty", "WAITING_FOR_COUNTY")]
    [InlineData("", "")]
    public void A_state_has_one_word_and_a_word_one_state(string name, string word)
    {
        StateWord.Of(name).ShouldBe(word);
        StateWord.NameOf(word).ShouldBe(name);
    }
}
