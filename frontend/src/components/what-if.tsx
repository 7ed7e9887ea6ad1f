import { Link } from "@tanstack/react-router";
import { dropped } from "@/lib/change";

interface WhatIfProps {
  of: { namespace: string; name: string };
  column?: string;
  said?: string;
}

/** The way to the question what breaks if this goes. */
export function WhatIf({ of, column, said = "What breaks if it goes?" }: WhatIfProps) {
  return (
    <Link to="/impact" search={{ change: [dropped(of, column)] }}>
      {said}
    </Link>
  );
}
