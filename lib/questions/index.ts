// Questions about policies for every language: what `lib/testing` is for jest.
export { PolicyAnswer, PolicyVerdict } from './policy-answer';
export { type FolderOptions, type KeepsApartOptions, PolicyQuestions, type QuestionRequests } from './policy-questions';
export { PolicyReach } from './policy-reach';
export { QuestionEnd } from './question-end';
