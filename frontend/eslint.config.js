import accessibility from 'eslint-plugin-vuejs-accessibility'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

/** What each layer may not import. */
const LAYERS = {
  core: ['kit', 'domain', 'features', 'shell', 'gallery'],
  kit: ['domain', 'features', 'shell', 'gallery'],
  domain: ['features', 'shell', 'gallery'],
  // A feature reaches its own files by `../parts/…`, never another feature by any way.
  features: ['features', 'shell', 'gallery'],
}
const above = (...layers) => ['error', { patterns: [{
  group: [...layers.map(layer => `@/${layer}/*`), '@/routes', '@/App.vue', '../../*'],
  message: 'core ← kit ← domain ← features ← shell and routes: this import goes up.',
}] }]

export default ts.config(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'src/core/api/schema.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // indexed access is checked; `!` marks what the line before proved
      'max-lines': ['error', { max: 150, skipBlankLines: true }],
      'no-console': 'error',
      'no-empty': 'error',
      'no-restricted-globals': ['error', 'structuredClone', 'parseFloat'],
      'no-restricted-properties': ['error', { object: 'crypto', property: 'randomUUID', message: 'Missing on plain HTTP: newKey()' }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-restricted-static-attribute': ['error', { key: 'style', message: 'The policy refuses style attributes: use a class.' }],
      'vue/no-restricted-v-bind': ['error', { argument: 'style', message: 'Use a class.' }],
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  { files: ['src/**/pages/*.vue', 'src/gallery/**', 'src/domain/words.ts', 'src/routes.ts', '**/*.test.ts', 'scripts/**'], rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true }] } },
  ...Object.entries(LAYERS).map(([layer, layers]) => ({ files: [`src/${layer}/**`], ignores: ['**/*.test.ts'], rules: { 'no-restricted-imports': above(...layers) } })),
  // The label of a kit control stands in UiField, which the rule cannot see; axe does.
  { files: ['src/kit/**'], rules: { 'vuejs-accessibility/form-control-has-label': 'off' } },
  { files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
)
