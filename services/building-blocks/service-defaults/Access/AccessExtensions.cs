using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Access;

internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenSettings>();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsNoEndpointOfOurs).Build());
        builder.Services.AddSingleton<IAuthorizationHandler, ScopeRequirement.Handler>();
        builder.Services.AddSingleton<IssuerKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IssuerKeys>());
        builder.Services.AddHealthChecks().AddCheck<IssuerKeys>("issuer-keys", tags: ["ready"]);
        builder.Services.AddSingleton<TokenClaims>();
        builder.Services.AddSingleton<TokenForm>();
        builder.Services.AddSingleton<RefusedTokens>();
        builder.Services.AddSingleton<RememberedTokens>();
        builder.Services.AddSingleton<BoundTokens>();
        builder.Services.AddSingleton<MappedEndpoints>();
        builder.Services.AddStartCheck<TokenCheck>();
        builder.Services.AddStartCheck<BoundTokens>();
        builder.Services.AddStartCheck<EndpointCheck>();
    }

    public static void UseAccess(this WebApplication app)
    {
        app.Services.GetRequiredService<MappedEndpoints>().Routes = app;
        app.UseAuthentication();
        // Here the organization is known, and nothing has been done for it yet.
        app.UseRequestLimits();
        app.UseAuthorization();
    }

    // Deny by default. What is no route of ours (no endpoint at all, or the framework's own answers 405 and 415) has nothing to protect
    // and is answered with its own problem.
    private static bool IsNoEndpointOfOurs(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}
