/** The pages of committee, supervisor and operator, under /desk. `texts` names the locale file they need. */
import type { RouteRecordRaw } from 'vue-router'

export const deskRoutes: RouteRecordRaw[] = []
