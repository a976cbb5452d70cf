// What every page runs: the GOV.UK parts that are used, and nothing that a page needs.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount);
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(Radios);
createAll(ServiceNavigation);
createAll(SkipLink);
