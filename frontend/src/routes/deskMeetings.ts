/** The desk's pages of meetings: preparing, the course of one, what is printed. */
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/desk/api/types'

const OFFICIALS: readonly Role[] = ['committee', 'supervisor']
const COMMITTEE: readonly Role[] = ['committee']
const texts = ['desk', 'meetings'] as const

export const meetingPages: RouteRecordRaw[] = [
  {
    path: 'meetings',
    name: 'deskMeetings',
    component: () => import('@/desk/pages/meetings/MeetingsPage.vue'),
    meta: { roles: OFFICIALS, texts },
  },
  {
    path: 'meetings/plans/:plan(\\d+)/:step?',
    name: 'deskMeetingsPlan',
    component: () => import('@/desk/pages/meetings/PlanPage.vue'),
    meta: { roles: COMMITTEE, texts },
  },
  {
    path: 'meetings/:meeting(\\d+)',
    name: 'deskMeetingsOne',
    component: () => import('@/desk/pages/meetings/MeetingPage.vue'),
    meta: { roles: OFFICIALS, texts },
  },
  {
    path: 'meetings/:meeting(\\d+)/notice',
    name: 'deskMeetingsNotice',
    component: () => import('@/desk/pages/meetings/NoticePage.vue'),
    meta: { roles: OFFICIALS, texts },
  },
  {
    path: 'meetings/:meeting(\\d+)/record',
    name: 'deskMeetingsRecord',
    component: () => import('@/desk/pages/meetings/RecordPage.vue'),
    meta: { roles: OFFICIALS, texts },
  },
]
