/** The auditor's pages, under /audit. `texts` names the locale file they need. */
import type { RouteRecordRaw } from 'vue-router'

export const auditorRoutes: RouteRecordRaw[] = []
