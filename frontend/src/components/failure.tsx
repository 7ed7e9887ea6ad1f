import { RequestError } from "@/gql/execute";
import styles from "./message.module.css";

interface FailureProps {
  what: string;
  error: unknown;
  retry: () => void;
}

/** What could not be loaded and why, in words, with the id to report and a way to try again. */
export function Failure({ what, error, retry }: FailureProps) {
  const requestId = error instanceof RequestError ? error.requestId : undefined;
  return (
    <div className={`${styles.message} ${styles.bad}`} role="alert">
      <p>
        <strong>Could not load {what}.</strong>{" "}
        {error instanceof Error ? error.message : String(error)}
      </p>
      {requestId && (
        <p className={styles.detail}>
          Request <code>{requestId}</code>
        </p>
      )}
      <button type="button" onClick={retry}>
        Retry
      </button>
    </div>
  );
}
