using Fibula;
using Fibula.Blazor.TestPrograms;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddScoped<PriceList>();
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents(options => options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(2))
    .UseFibula(options =>
    {
        options.OnRunning = () => Log("circuit: running");
        options.OnExit = async cause =>
        {
            await Log($"circuit: exit, {cause}");
            return false;
        };
    });

WebApplication server = builder.Build();
server.UseAntiforgery();
server.MapStaticAssets();
server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await server.RunAsync();

static Task Log(string line)
{
    Console.WriteLine(line);
    return Task.CompletedTask;
}
