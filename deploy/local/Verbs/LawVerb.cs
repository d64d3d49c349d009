using System.CommandLine;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local.Verbs;

/// <summary>Lists the law register of a state. It reads the working copy's file: nothing has to run.</summary>
internal static class LawVerb
{
    public static Command Create(Checkout checkout)
    {
        var state = new Option<string>("--state") { Description = "Another state's folder under states/ than the installation's.", DefaultValueFactory = _ => HomeState.Current.Code };
        var json = Json.Option();
        var markdown = new Option<bool>("--markdown") { Description = "As docs/law.md, which is made so." };
        var command = new Command("law", "Lists every rule that SafeHarbor follows or shows: what it is, what it says, whether it was checked.") { state, json, markdown };
        command.SetAction(arguments =>
        {
            var code = arguments.GetValue(state)!;
            var register = Read(checkout, code);
            Console.Write(arguments.GetValue(markdown) ? LawDocument.Of(register, code) : arguments.GetValue(json) ? Json.Of(register.Rules) + "\n" : List(register));
        });
        return command;
    }

    /// <exception cref="FormatException">There is no such register, or it is wrong; the message says where.</exception>
    internal static LawRegister Read(Checkout checkout, string state)
    {
        try
        {
            return LawRegister.Read(Path.Combine(checkout.Root, "states", state, "law.yaml"));
        }
        catch (StartRefusedException refused)
        {
            throw new FormatException(refused.Message);
        }
    }

    internal static string List(LawRegister register)
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var rule in register.Rules)
        {
            text.WriteLine($"{rule.Id,-20} {rule.Kind,-16} {rule.Status,-14} {rule.Citation}");
            text.WriteLine($"    {rule.Sentence}");
        }
        return text.ToString();
    }
}
