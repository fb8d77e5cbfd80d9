/**
 * Markdown of a frozen document as HTML that cannot do anything: no HTML of its own, no links, no pictures.
 * A document that was voted on is read here and leads nowhere else. Loaded with the page that needs it.
 */
import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'

const TAGS = ['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'strong', 'em', 's', 'blockquote', 'hr', 'br']
const TABLES = ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'pre']

/** HTML of what Markdown allows here; headings begin below the page's own and go down one level at a time. */
export function markdownHtml(text: string): string {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
  markdown.disable(['link', 'image', 'autolink', 'reference'])
  markdown.core.ruler.push('headings', ({ tokens }) => {
    let above = 1
    for (const token of tokens) {
      if (token.type === 'heading_open') above = Math.min(Number(token.tag[1]) + 1, above + 1, 4)
      if (token.type.startsWith('heading_')) token.tag = `h${above}`
    }
  })
  return markdown.render(text)
}

/** The same, sanitised: what would slip through the first has to pass the second as well. */
export const renderMarkdown = (text: string): string =>
  DOMPurify.sanitize(markdownHtml(text), { ALLOWED_TAGS: [...TAGS, ...TABLES], ALLOWED_ATTR: ['start'] })
