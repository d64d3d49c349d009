-- Who is told of unusual reading may look: the reader's organization and the state.
create policy readers on unusual_readings for select using (organization = (select caller()) or (select caller()) = 'state:ca');
