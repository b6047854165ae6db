using Fibula;
using PricesBlazor;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// docs: server
builder.Services.AddRazorComponents().AddInteractiveServerComponents().UseFibula();
// docs: end

WebApplication server = builder.Build();
server.UseAntiforgery();
server.MapStaticAssets();
server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await server.RunAsync();
