using Fibula;
using Fibula.Blazor.TestPrograms;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Feed>();
builder.Services.AddSingleton<Requests>();
builder.Services.AddScoped<PriceList>();
builder.Services.AddScoped<ServerLog>();
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents(options =>
    {
        options.DetailedErrors = true;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(2);
    })
    .UseFibula<TestApp>();

WebApplication server = builder.Build();
server.UseAntiforgery();
server.MapStaticAssets();
server.MapGet("/request/start", (Requests requests) => requests.Start());
server.MapGet("/request/fail", (Requests requests) => requests.Fail());
server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await server.RunAsync();
