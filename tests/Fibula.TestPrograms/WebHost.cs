using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fibula.TestPrograms;

/// <summary>A web server with a loop in one of its services. It gets a request that takes longer than a forced exit may.</summary>
internal static class WebHost
{
    public static void Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHostedService<LoopService>();
        WebApplication web = builder.Build();
        web.MapGet("/", AnswerAsync);
        Task<string>? request = null;
        web.Lifetime.ApplicationStarted.Register(() => request = new HttpClient().GetStringAsync(new Uri(web.Urls.Single())));
        web.Run();
        Console.Out.WriteLine($"host ended: {request!.Result}");
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        Console.Out.WriteLine("ready");
        await Task.Delay(TimeSpan.FromSeconds(4));
        await context.Response.WriteAsync("answered");
    }
}
