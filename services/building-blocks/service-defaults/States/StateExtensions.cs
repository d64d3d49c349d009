using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>How a program gets its state.</summary>
public static class StateExtensions
{
    private const string Setting = "State:Code";

    /// <summary>Where the states' folders are: beside the program.</summary>
    private static string States => Path.Combine(AppContext.BaseDirectory, "states");

    /// <summary>The state that the settings name; the default is in <c>states/appsettings.json</c>, beneath every other setting.</summary>
    /// <exception cref="StartRefusedException">There is none, or its files are wrong.</exception>
    public static State ReadState(this IConfiguration configuration)
    {
        var code = configuration[Setting] ?? "";
        if (!StateFile.TwoLetters().IsMatch(code) || !Directory.Exists(Path.Combine(States, code)))
            throw new StartRefusedException(
                $"{Setting} is '{code}', which is no state of this installation: set it to one of {string.Join(", ", Directory.GetDirectories(States).Select(Path.GetFileName).Order())}.");
        return StateFile.Read(Path.Combine(States, code));
    }

    /// <summary>Puts which state is the default beneath every other setting.</summary>
    public static void AddDefaultState(this IConfigurationBuilder configuration)
    {
        var settings = new JsonConfigurationSource { Path = Path.Combine(States, "appsettings.json") };
        settings.ResolveFileProvider();
        configuration.Sources.Insert(0, settings);
    }

    internal static void AddState(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddDefaultState();
        builder.Services.AddSingleton(services => services.GetRequiredService<IConfiguration>().ReadState());
        builder.Services.AddSingleton(services => services.GetRequiredService<State>().Law);
        builder.Services.AddStartCheck<StateCheck>();
    }

    // To be given the state and its law register is a check, too: they have been read.
    private sealed class StateCheck(State state, LawRegister law, IHostEnvironment environment) : IStartCheck
    {
        public void Check()
        {
            ArgumentNullException.ThrowIfNull(law);
            if (state.IsSample && environment.IsProduction())
                throw new StartRefusedException($"{Setting} is '{state.Code}', which is a sample and not for use, but the environment is Production. Set it to the state that you are for.");
        }
    }
}
