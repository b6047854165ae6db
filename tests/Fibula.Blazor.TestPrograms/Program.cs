using Fibula;
using Fibula.Blazor.TestPrograms;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddScoped<PriceList>();
builder.Services.AddScoped<ServerLog>();
builder.Services.AddRazorComponents()
    .AddInteractiveServerComponents(options => options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(2))
    .UseFibula<TestApp>();

WebApplication server = builder.Build();
server.UseAntiforgery();
server.MapStaticAssets();
server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await server.RunAsync();
