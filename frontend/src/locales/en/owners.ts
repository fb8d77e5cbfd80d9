/** The owner's texts in English, fetched by whoever reads English. */
import app from './app.json'
import ballot from './ballot.json'
import owner from './owner.json'

export default { ...app, ...ballot, ...owner }
