import { useTranslations } from '../i18n/language-provider.js';

/** Formats a duration in its largest useful unit. */
export function useDuration(): (seconds: number) => string {
  const { common } = useTranslations();
  return (seconds) => {
    if (seconds > 0 && seconds < 1) return common.milliseconds(Math.round(seconds * 1000));
    if (seconds < 60) return common.seconds(Math.max(0, Math.floor(seconds)));
    if (seconds < 3600) return common.minutes(Math.floor(seconds / 60));
    if (seconds < 2 * 86_400) return common.hours(Math.floor(seconds / 3600));
    return common.days(Math.floor(seconds / 86_400));
  };
}
