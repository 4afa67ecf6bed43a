/* The interactive page of the API: everything comes from this server, nothing is asked of another one. */
SwaggerUIBundle({
  dom_id: '#operations',
  url: '/api/openapi.json',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  filter: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
})
